import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { plainEnvironment } from './plain-environment.js'

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url))

/** Measures a section in a process of its own, with that Node. What it tells on the way goes to the terminal. */
export async function measureInChild<Measured>(node: string, section: string, options: object): Promise<Measured> {
  const child = spawn(node, [CHILD, section, JSON.stringify(options)], {
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text
  })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`${section}: the process that measures ended with ${code}`)
  return JSON.parse(printed) as Measured
}
