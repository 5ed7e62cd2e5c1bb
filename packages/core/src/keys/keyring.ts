/** Each kind of secret has a KEK of its own, so that no single leak opens two (DESIGN section 5). */
export const kekKinds = ["account", "purchase", "totp", "issuer", "list", "token"] as const;
export type KekKind = (typeof kekKinds)[number];

/** Where a sealed secret lies; authenticated with it, so that it cannot be moved to another place. */
export type SealPlace = { table: string; column: string; rowId: string; epoch: number };

/** Where KEKs come from: files, the environment, or a cloud KMS behind the same interface. 32 bytes each. */
export type KekSource = {
  active(kind: KekKind): { id: number; key: Buffer };
  byId(kind: KekKind, id: number): Buffer | undefined;
};

export type Keyring = {
  seal(kind: KekKind, secret: Uint8Array, place: SealPlace): Buffer;
  open(kind: KekKind, sealed: Uint8Array, place: SealPlace): Buffer;
};
