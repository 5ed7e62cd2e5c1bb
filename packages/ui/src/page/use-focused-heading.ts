import { type RefObject, useEffect, useRef } from "react";

let firstPage = true;

/** A page's heading takes the focus when one comes from another page, so that a screen reader says where one is. */
export function useFocusedHeading(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The first page is where the browser itself begins.
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);
  return heading;
}
