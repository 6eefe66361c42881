import type { ComponentChildren } from 'preact'

export interface Tab {
  readonly id: string
  readonly title: string
  readonly content: ComponentChildren
}

/** Tabs by the ARIA pattern: arrows, Home and End move among them. All stay in the document, so that none forgets. */
export function Tabs(props: { label: string; tabs: readonly Tab[]; current: string; onCurrent: (id: string) => void }) {
  const { tabs, current, onCurrent } = props
  function move(event: KeyboardEvent) {
    const index = tabs.findIndex(({ id }) => id === current)
    const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (target === undefined) return
    event.preventDefault()
    const { id } = tabs[(target + tabs.length) % tabs.length] as Tab
    onCurrent(id)
    document.getElementById(`tab-${id}`)?.focus()
  }
  return (
    <>
      <div role="tablist" aria-label={props.label} class="tabs">
        {tabs.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={id === current}
            aria-controls={`panel-${id}`}
            tabIndex={id === current ? 0 : -1}
            onClick={() => onCurrent(id)}
            onKeyDown={move}
          >
            {title}
          </button>
        ))}
      </div>
      {tabs.map(({ id, content }) => (
        <div key={id} role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}`} hidden={id !== current}>
          {content}
        </div>
      ))}
    </>
  )
}
