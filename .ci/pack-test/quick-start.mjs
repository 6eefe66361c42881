import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { drillSummary } from '../checks/lib/drill-report.mjs'
import { mustRun, run } from '../checks/lib/run.mjs'
import { workspacePackages } from '../checks/lib/workspace.mjs'
import { onEach, prove, proveInside } from './proofs.mjs'

const MARKER = '<!-- quick start -->'

/** Installs one package and runs the quick start of its README, as ESM and as CommonJS, on each Node. */
export async function proveQuickStart(one, projects, nodes) {
  const adapter = adapterOf(one)
  const project = await projects.create(one.folder, [one, adapter])
  if (one.manifest.bin) {
    const [command] = Object.keys(one.manifest.bin)
    return onEach(nodes, async ({ path }) => [await prove('drill', () => drill(project, command, path))])
  }
  const code = quickStart(readFileSync(join(project, 'node_modules', one.name, 'README.md'), 'utf8'))
  const { code: commonJs } = await transform(code, { format: 'cjs', loader: 'ts' })
  const isTest = one.folder === 'testkit'
  const forms = [
    ['ESM', 'mjs', code],
    ['CommonJS', 'cjs', commonJs],
  ].map(([form, extension, text]) => {
    const file = isTest ? `quick-start.test.${extension}` : `quick-start.${extension}`
    writeFileSync(join(project, file), text)
    return { name: `quick start, ${form}`, file }
  })
  return onEach(nodes, async ({ path }) => {
    const results = []
    for (const { name, file } of forms) {
      if (isTest) results.push(await prove(name, () => testRun(project, file, path)))
      else {
        const args = [name, adapter.name, file]
        results.push(...(await proveInside(project, 'receive.mjs', args, environmentOf(adapter), path)))
      }
    }
    return results
  })
}

/** Whose provider the quick start is about: a receiver's is about an adapter's, which its reader installs beside it. */
function adapterOf(one) {
  const readme = readFileSync(join(one.path, 'README.md'), 'utf8')
  const [, start = ''] = readme.split(MARKER)
  const code = start.split('\n```\n')[0]
  const others = workspacePackages().filter(({ isAdapter }) => isAdapter)
  return others.find(({ name }) => code.includes(`'${name}'`)) ?? one
}

/** The one block of JavaScript directly after the marker. */
function quickStart(readme) {
  const [, after, ...more] = readme.split(`${MARKER}\n`)
  const [, code] = /^```js\n([\s\S]*?)\n```$/m.exec(after ?? '') ?? []
  if (more.length > 0 || code === undefined || !after.startsWith('```js')) {
    throw new Error(`The installed README.md needs one line '${MARKER}' with a \`\`\`js block directly after it.`)
  }
  return code
}

/** Secrets under the names that the quick starts take: AUTIFY_SECRET, or AGILEPOINT_PRIMARY_KEY where there are slots. */
function environmentOf({ folder }) {
  const prefix = folder === 'core' ? 'EXAMPLE' : folder.toUpperCase().replaceAll('-', '_')
  return {
    SECRETS_PREFIX: prefix,
    [`${prefix}_SECRET`]: 'q7Wm2ZkT9xLc4VbN8sRd1HfYpE6uGjA3',
    [`${prefix}_PRIMARY_KEY`]: 'Pw5KtB9dXn3RgM7yLh2QvZc8JfUa4SeE',
    [`${prefix}_SECONDARY_KEY`]: 'Nf6TzC1mVb8HqW4kRs9XpLd3GyJu7EaA',
  }
}

async function testRun(project, file, node) {
  const { ok, output } = await run(node, ['--test', '--test-reporter=tap', file], { cwd: project })
  if (!ok) throw new Error(failuresIn(output))
  // A file without tests passes too, as the one test that it then is itself.
  const names = [...output.matchAll(/^ *# Subtest: (.*)$/gm)].map(([, name]) => name)
  if (names.every((name) => name.endsWith(file))) throw new Error('it holds no test')
  return `${/^# pass (\d+)$/m.exec(output)?.[1]} tests`
}

/** Of a long report, the tests that failed and why. */
function failuresIn(tap) {
  const failures = tap.match(/^ *not ok .*|^ *error: .*(\n +(?!code:)[^- ].*)?/gm) ?? []
  return failures.join('\n') || tap
}

async function drill(project, command, node) {
  const args = [join('node_modules', '.bin', command), 'drill', '--deliveries', '100', '--json']
  return drillSummary(await mustRun(node, args, { cwd: project }))
}
