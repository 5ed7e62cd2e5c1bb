import { type Kek, kekIdOf, open, seal, type SealedPlace, SealError } from "@tessera/pass/issuer";

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
      const id = numberOf(kind, kekIdOf(sealed));
      const key = id === undefined ? undefined : source.byId(kind, id);
      if (id === undefined || key === undefined) throw new SealError("unknown_kek");
      const kek = kekOf(kind, id, key);
      return Buffer.from(open(new Map([[kek.id, kek]]), sealed, place));
    },
  };
}

/** The kind is part of the sealed value's KEK id, and so a value of one kind never opens as another. */
function kekOf(kind: KekKind, id: number, key: Buffer): Kek {
  return { id: `${kind}-${id}`, key };
}

function numberOf(kind: KekKind, kekId: string): number | undefined {
  const [, number] = new RegExp(`^${kind}-([1-9][0-9]*)$`).exec(kekId) ?? [];
  return number === undefined ? undefined : Number(number);
}
