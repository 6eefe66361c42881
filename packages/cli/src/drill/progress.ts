import { Presets, SingleBar } from 'cli-progress'
import type { Colors, Output } from '../terminal.js'
import type { Progress } from './drill.js'

/** A bar on a terminal, gone when it ends; silence anywhere else. */
export function showProgress(output: Output, colors: Colors): { update(progress: Progress): void; end(): void } {
  if (output.isTTY !== true) return { update: () => undefined, end: () => undefined }
  const format = `  {name} ${colors.green('{bar}')} {percentage}%  {value} of {total} deliveries`
  const bar = new SingleBar(
    { format, stream: output, clearOnComplete: true, hideCursor: true, gracefulExit: true, barsize: 30 },
    Presets.shades_classic,
  )
  let isShown = false
  return {
    update({ name, done, total }) {
      const payload = { name: name.padEnd(NAME_WIDTH) }
      if (isShown) bar.update(done, payload)
      else bar.start(total, done, payload)
      isShown = true
    },
    end() {
      if (isShown) bar.stop()
    },
  }
}

const NAME_WIDTH = 'Global Commerce'.length
