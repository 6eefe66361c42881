/** What the command brings: this repository, and what it installs. The scripts in `.ci` know how. */
export interface Machine {
  /** The repository's folder. */
  readonly root: string
  /** The path of a Node of that major version. */
  node(major: string): Promise<string>
  /** Installs packages in a folder of that name, once, and gives its path. */
  installed(name: string, versions: Readonly<Record<string, string>>): Promise<string>
  /** A new project of that name, in which packages of ours are installed from their tarballs, and others from the registry. */
  project(name: string, ours: readonly string[], others?: readonly string[]): Promise<string>
  /**
   * Opens a page, or a worker, that was bundled into the folder (`page.bundle.js`, `worker.bundle.mjs`), for as long as the
   * work takes. What is asked goes to its `runSuite`.
   */
  web<Result>(
    runtime: WebRuntime,
    folder: string,
    work: (ask: (wanted: unknown) => Promise<unknown>) => Promise<Result>,
  ): Promise<{ version: string; result: Result }>
}

export type WebRuntime = 'workerd' | 'chromium'
