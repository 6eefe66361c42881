// Builds the page and tests it in a real Chromium: what it says, that nothing leaves it, and that everybody can use it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mustRun } from '../checks/lib/run.mjs'
import { root, tool } from '../checks/lib/workspace.mjs'
import { installed, installedChromium } from '../runtimes/install.mjs'

const USAGE = `npm run test:page [-- [options] [file...]]

Builds the page and runs its tests in Chromium, or those of the files that are named.

  --shots <folder>   write pictures of each tab into the folder instead
  --picture          write packages/playground/picture.png instead, which the README shows
  --help             this text`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { shots: { type: 'string' }, picture: { type: 'boolean' }, help: { type: 'boolean' } },
})

if (values.help) console.log(USAGE)
else await main()

async function main() {
  const playground = join(root, 'packages', 'playground')
  await mustRun(join(playground, 'node_modules', '.bin', 'vite'), ['build', '--logLevel', 'warn'], { cwd: playground })
  // Once, before the tests' processes would each do it.
  await installed('page')
  await installedChromium()
  if (values.shots !== undefined) {
    const { takeShots } = await import('./shots.mjs')
    await takeShots(values.shots)
    console.log(`pictures: ${values.shots}`)
    return
  }
  if (values.picture) {
    const { takePicture } = await import('./shots.mjs')
    await takePicture(join(playground, 'picture.png'))
    return
  }
  const config = join(root, '.ci', 'page', 'vitest.config.mjs')
  const run = spawnSync(tool('vitest'), ['run', '--config', config, ...positionals], { cwd: root, stdio: 'inherit' })
  process.exitCode = run.status ?? 1
}
