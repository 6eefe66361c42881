import type { AnyProvider } from '@countersign/core'
import type { Adapter } from '../providers.js'
import type { Project } from './project.js'
import { routeOf, variablesOf } from './receiver-file.js'

/** What is left to do when the file is written. */
export interface NextSteps {
  readonly install: string | undefined
  readonly environment: readonly string[]
  readonly secret: string
  readonly send: string
}

export function nextSteps(
  adapter: Adapter,
  provider: AnyProvider,
  options: readonly string[],
  project: Project,
): NextSteps {
  const { framework, addCommand } = project
  const variables = variablesOf({ adapter, provider })
  const { slots } = provider
  const secrets = slots?.map((slot, index) => ` --secret-env ${slot}=${variables[index]}`) ?? [
    ` --secret-env ${variables[0]}`,
  ]
  const given = options.map((option) => ` -o ${option}`).join('')
  // A server of its own answers on every path.
  const path = ['node', 'bun', 'deno', 'lambda'].includes(framework) ? '/' : routeOf(adapter)
  return {
    // Deno takes them from the import's own words.
    install: framework === 'deno' ? undefined : `${addCommand} @countersign/${adapter.id} @countersign/http`,
    environment: slots === undefined ? variables.slice(0, 1) : variables,
    secret: secretWords(provider),
    send: `countersign send http://localhost:3000${path} -p ${adapter.id}${given}${secrets.join('')}`,
  }
}

function secretWords({ secrets, title, docs }: AnyProvider): string {
  const { issuedBy = 'either', alphabet = 'hex', bytes = 32 } = secrets ?? {}
  if (issuedBy === 'vendor') return `${title} makes it: ${docs}`
  const command = alphabet === 'hex' ? `openssl rand -hex ${bytes}` : `openssl rand -base64 ${bytes} | tr -d '+/=\\n'`
  return `make it (${command}) and enter it at ${title}: ${docs}`
}
