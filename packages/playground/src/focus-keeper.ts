const STOPS = 'a[href], button, input, select, textarea, summary'

/**
 * Gives the focus a new place where the control that had it vanishes, as a button does that removes its own row: the control
 * that now stands where it stood. A browser would send the reader back to the document's beginning.
 */
export function keepFocus(root: HTMLElement): void {
  let focused: EventTarget | null = null
  let before: readonly HTMLElement[] = []
  const note = () => {
    const stops = stopsIn(root)
    before = stops.slice(0, Math.max(0, stops.indexOf(focused as HTMLElement)))
  }
  root.addEventListener('focusin', ({ target }) => {
    focused = target
    note()
  })
  root.addEventListener('focusout', ({ target }) => {
    // Who left of their own accord is not called back. What was removed is told of, too, and is not connected by then.
    queueMicrotask(() => {
      if (focused === target && isConnected(target)) focused = null
    })
  })
  new MutationObserver(() => {
    if (focused === null) return
    if (isConnected(focused)) return note()
    if (document.activeElement !== document.body) return
    const stops = stopsIn(root)
    const neighbour = before.findLast((stop) => stops.includes(stop))
    const place = neighbour === undefined ? 0 : stops.indexOf(neighbour) + 1
    stops[Math.min(place, stops.length - 1)]?.focus()
  }).observe(root, { childList: true, subtree: true })
}

function isConnected(target: EventTarget | null): boolean {
  return target instanceof Node && target.isConnected
}

/** What Tab comes to, in its order. */
function stopsIn(root: HTMLElement): HTMLElement[] {
  const all = [...root.querySelectorAll<HTMLElement>(STOPS)]
  return all.filter((stop) => stop.tabIndex >= 0 && !stop.matches(':disabled') && stop.checkVisibility())
}
