import { mustRun } from './run.mjs'

// with-pnpm.mjs names the install scripts that npx may run, and an install in a project refuses to be told so.
const { npm_config_allow_scripts: _, ...env } = process.env

/** Installs packages into a project's folder, which has to have a package.json. No install script runs. */
export function npmInstall(folder, packages, flags = []) {
  const always = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error']
  return mustRun('npm', ['install', ...always, ...flags, ...packages], { cwd: folder, env })
}
