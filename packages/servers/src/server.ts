/** A server of our own: on a free port of the loopback interface, with its data in a temporary directory. */
export interface Server {
  readonly port: number
  /** Ends it at once, as a crash or a power cut of the process does: nothing is flushed. Its data stay. */
  kill(): Promise<void>
  /** Starts it again after `kill`, on the same port, with the data that are there; resolves when it answers. */
  restart(): Promise<void>
  /** Stops all its processes where they stand (SIGSTOP): connections stay open, nothing is answered. */
  freeze(): void
  /** Lets them go on. */
  thaw(): void
  /** Ends it for good, and removes its directory. */
  stop(): Promise<void>
}
