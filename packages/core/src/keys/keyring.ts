import { type Kek, kekIdOf as kekNameIn, open, seal, type SealedPlace, SealError } from "@tessera/pass/issuer";

/** Each kind of secret has a KEK of its own, so that no single leak opens two (DESIGN section 5). */
export const kekKinds = ["account", "purchase", "totp", "issuer", "list", "token", "mail"] as const;
export type KekKind = (typeof kekKinds)[number];

/** Where KEKs come from: files, the environment, or a cloud KMS behind the same interface. 32 bytes each. */
export type KekSource = {
  active(kind: KekKind): { id: number; key: Buffer };
  byId(kind: KekKind, id: number): Buffer | undefined;
};

/** Seals secrets for one place in the database, and opens them there and nowhere else. */
export type Keyring = {
  seal(kind: KekKind, secret: Uint8Array, place: SealedPlace): Buffer;
  /** Throws a `SealError` for what was sealed elsewhere, for another kind, or under a KEK that is not there. */
  open(kind: KekKind, sealed: Uint8Array, place: SealedPlace): Buffer;
};

/** The keyring over a source of KEKs: AES-256-GCM with the place and the KEK's id as associated data. */
export function createKeyring(source: KekSource): Keyring {
  return {
    seal(kind, secret, place) {
      const { id, key } = source.active(kind);
      return Buffer.from(seal(kekOf(kind, id, key), secret, place));
    },
    open(kind, sealed, place) {
      const id = kekIdOf(kind, kekNameIn(sealed));
      const key = id === undefined ? undefined : source.byId(kind, id);
      if (id === undefined || key === undefined) throw new SealError("unknown_kek");
      const kek = kekOf(kind, id, key);
      return Buffer.from(open(new Map([[kek.id, kek]]), sealed, place));
    },
  };
}

/** The kind is part of the sealed value's KEK id, and so a value of one kind never opens as another. */
function kekOf(kind: KekKind, id: number, key: Buffer): Kek {
  return { id: kekNameOf(kind, id), key };
}

/** What a sealed value names its KEK. */
export const kekNameOf = (kind: KekKind, id: number): string => `${kind}-${id}`;

/** The number of a KEK of this kind from what a sealed value names it; undefined for another kind's. */
export function kekIdOf(kind: KekKind, name: string): number | undefined {
  const [, number] = new RegExp(`^${kind}-([1-9][0-9]*)$`).exec(name) ?? [];
  return number === undefined ? undefined : Number(number);
}
