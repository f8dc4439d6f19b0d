// Words of a log that is nobody's: what they are for, by their names.
export const logWords = {
  said: (author, own) => (own ? "you" : author.name),
  name: ({ name }) => name,
  line: ({ kind }) => kind,
  unknown: "unknown",
  replaced: "replaced",
  removed: () => "removed",
};
