import { printJson } from '../print-json.js'
import { PROVIDERS } from '../providers.js'
import { colorsFor, type Terminal, widthOf } from '../terminal.js'
import { descriptionOf } from './description.js'
import { providersText } from './providers-text.js'

/** Prints what there is to know of each provider. */
export function printProviders({ json }: { readonly json?: true }, { stdout, env }: Terminal): void {
  const descriptions = PROVIDERS.map(descriptionOf)
  if (json) printJson(stdout, { providers: descriptions })
  else stdout.write(`${providersText(descriptions, widthOf(stdout), colorsFor(stdout, env))}\n`)
}
