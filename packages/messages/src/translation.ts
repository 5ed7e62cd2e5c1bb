/**
 * The shape of a namespace with any words in it. French is the source: each English namespace is declared as
 * `Translation<typeof french>`, and so a missing or an extra key does not compile.
 */
export type Translation<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : Translation<Source[Key]>;
};
