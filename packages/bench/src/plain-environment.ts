/** As a user has it: nothing of npm's, and no mode. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV: _mode, NODE_OPTIONS: _options, ...env } = process.env
  return env
}
