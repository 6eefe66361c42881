/** What a shell is told. */
export const EXIT = {
  /** The delivery verifies, or what was asked for is done. */
  verified: 0,
  /** The delivery is refused, or something was found wrong. */
  refused: 1,
  /** The command was not understood, or an option has a value that it cannot have. */
  usage: 2,
  /** What the command needs is not there, or forbids it: a file, a server, a key, a vendor's rule. */
  operator: 3,
} as const
