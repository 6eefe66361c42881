import type { Terminal } from './terminal.js'

/** Asks on the terminal; what is typed is not shown. The question goes to stderr: stdout is for the answer. */
export async function promptForSecret(message: string, { stdin, stderr }: Terminal): Promise<string> {
  const { default: password } = await import('@inquirer/password')
  return password({ message: `${message}:` }, { input: stdin, output: stderr })
}
