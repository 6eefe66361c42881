/** What a receiver can be written for. */
export const FRAMEWORKS = [
  'next',
  'sveltekit',
  'nest',
  'express',
  'fastify',
  'hono',
  'koa',
  'lambda',
  'bun',
  'deno',
  'node',
] as const
export type Framework = (typeof FRAMEWORKS)[number]

/** Where a project shows which it uses: what it depends on, or a file beside its package.json. */
const SIGNS: readonly (readonly [framework: Framework, dependencies: readonly string[], files: readonly string[]])[] = [
  // Those that bring another of the list with them stand first.
  ['next', ['next'], []],
  ['sveltekit', ['@sveltejs/kit'], []],
  ['nest', ['@nestjs/core'], []],
  ['express', ['express'], []],
  ['fastify', ['fastify'], []],
  ['hono', ['hono'], []],
  ['koa', ['koa'], []],
  ['lambda', ['@types/aws-lambda', 'aws-lambda', 'serverless'], ['samconfig.toml', 'serverless.yml']],
  ['deno', [], ['deno.json', 'deno.jsonc', 'deno.lock']],
  ['bun', ['@types/bun', 'bun-types'], ['bun.lock', 'bun.lockb', 'bunfig.toml']],
]

/** The framework of a project that depends on these and has these files. Plain Node where nothing tells. */
export function frameworkOf(dependencies: ReadonlySet<string>, files: ReadonlySet<string>): Framework {
  const found = SIGNS.find(([, names, paths]) => {
    return names.some((name) => dependencies.has(name)) || paths.some((path) => files.has(path))
  })
  return found?.[0] ?? 'node'
}
