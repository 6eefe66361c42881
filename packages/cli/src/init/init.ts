import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { printJson } from '../print-json.js'
import { adapterFrom, optionsOf, type ProviderFlags, providerFrom } from '../provider-option.js'
import { type Colors, colorsFor, type Terminal } from '../terminal.js'
import type { Framework } from './frameworks.js'
import { type NextSteps, nextSteps } from './next-steps.js'
import { placeOf } from './place.js'
import { readProject } from './project.js'
import { receiverSource } from './receiver-file.js'

export interface InitFlags extends ProviderFlags {
  readonly framework?: Framework
  readonly out?: string
  readonly dryRun?: true
  readonly force?: true
  readonly json?: true
}

/** Writes a receiver into the project of the current folder. */
export async function init(flags: InitFlags, { stdout, env }: Terminal): Promise<void> {
  const { option = [], dryRun = false } = flags
  const provider = providerFrom(flags)
  const adapter = adapterFrom(flags.provider)
  const project = readProject(process.cwd(), flags.framework)
  const source = receiverSource({ adapter, provider, options: optionsOf(adapter, option), project })
  const path = flags.out ?? placeOf(adapter, project)
  const steps = nextSteps(adapter, provider, option, project)
  if (!dryRun) await write(path, source, flags.force === true)
  const { framework, isTypeScript } = project
  if (flags.json)
    printJson(stdout, {
      ok: true,
      provider: adapter.id,
      framework,
      typescript: isTypeScript,
      path,
      written: !dryRun,
      source,
      ...steps,
    })
  else stdout.write(`${dryRun ? source : ''}${doneText(path, framework, steps, dryRun, colorsFor(stdout, env))}`)
}

async function write(path: string, source: string, force: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  try {
    await writeFile(path, source, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw Object.assign(new Error(`${path} is there already: --force writes over it, --out <path> elsewhere`), {
      code: 'EEXIST',
    })
  }
}

function doneText(
  path: string,
  framework: Framework,
  steps: NextSteps,
  dryRun: boolean,
  { green, bold }: Colors,
): string {
  const { install, environment, secret, send } = steps
  const lines = [
    dryRun
      ? `\n${bold(path)}, for ${framework}, would be written.`
      : `${green('✔')} ${bold(path)} is written, for ${framework}.`,
    '',
    ...(install === undefined ? [] : [`Install:      ${install}`]),
    `Environment:  ${environment.join(', ')}`,
    `The secret:   ${secret}`,
    `Try it:       ${send}`,
  ]
  return `${lines.join('\n')}\n`
}
