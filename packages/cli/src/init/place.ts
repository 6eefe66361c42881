import { join } from 'node:path'
import type { Adapter } from '../providers.js'
import type { Project } from './project.js'

/** Where a receiver's file belongs in a project. */
export function placeOf({ id }: Adapter, project: Project): string {
  const { framework, isTypeScript, isModule, hasSource, hasSourceApp } = project
  const bundled = isTypeScript ? 'ts' : 'js'
  if (framework === 'next') return join(hasSourceApp ? 'src' : '', 'app', 'webhooks', id, `route.${bundled}`)
  if (framework === 'sveltekit') return join('src', 'routes', 'webhooks', id, `+server.${bundled}`)
  // It is written in ESM, whatever .js means here.
  const extension = isTypeScript ? 'ts' : isModule ? 'js' : 'mjs'
  return join(hasSource ? 'src' : '', 'webhooks', `${id}.${extension}`)
}
