/** What the command brings: this repository, and what it installs. The scripts in `.ci` know how. */
export interface Machine {
  /** The repository's folder. */
  readonly root: string
  /** The path of a Node of that major version. */
  node(major: string): Promise<string>
  /** Installs packages in a folder of that name, once, and gives its path. */
  installed(name: string, versions: Readonly<Record<string, string>>): Promise<string>
  /** A new project in an empty folder, in which a package is installed with all that it depends on; ours come from their tarballs. */
  project(folder: string, packages: readonly string[]): Promise<string>
}
