import { Presets, SingleBar } from 'cli-progress'
import type { Colors, Output } from '../terminal.js'

/** A bar of the seconds on a terminal, gone when it ends; silence anywhere else. */
export function showSeconds(output: Output, colors: Colors, seconds: number) {
  if (output.isTTY !== true) return { update: () => undefined, end: () => undefined }
  const format = `  ${colors.green('{bar}')} {value} of {total} s  {events} events`
  const bar = new SingleBar(
    { format, stream: output, clearOnComplete: true, hideCursor: true, gracefulExit: true, barsize: 30 },
    Presets.shades_classic,
  )
  bar.start(seconds, 0, { events: 0 })
  return {
    update({ elapsedMs, events }: { readonly elapsedMs: number; readonly events: number }) {
      bar.update(Math.min(seconds, Math.floor(elapsedMs / 1000)), { events })
    },
    end: () => bar.stop(),
  }
}
