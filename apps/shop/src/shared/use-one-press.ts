import { useRef } from "react";

/**
 * `act`, deaf until it has an answer. A button that is drawn disabled while its request is under way is so a moment after
 * the first click only, and the second click of a double one comes before. A refusal is told by the mutation itself.
 */
export function useOnePress<Wish extends readonly unknown[]>(
  act: (...wish: Wish) => Promise<unknown>,
): (...wish: Wish) => void {
  const underWay = useRef(false);
  return (...wish) => {
    if (underWay.current) return;
    underWay.current = true;
    const listen = (): void => {
      underWay.current = false;
    };
    void act(...wish).then(listen, listen);
  };
}
