/** Small choices that this device keeps. Storage can be forbidden: then a choice is only made anew. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`tessera.scanner.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`tessera.scanner.${key}`, value);
  } catch {
    // Nothing is lost but a shortcut.
  }
}
