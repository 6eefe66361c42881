import type { KeyState } from '@countersign/core'

/** A state by its name, its colour and its pattern. */
export function StateMark({ state }: { state: KeyState }) {
  return (
    <span class="state">
      <svg class="swatch" aria-hidden="true" width="18" height="12">
        <rect class={`bar ${state}`} width="18" height="12" rx="2" />
        <rect fill={`url(#pattern-${state})`} width="18" height="12" rx="2" />
      </svg>
      {state}
    </span>
  )
}

/** Drawn over a bar's colour, so that a state can be told without it. To be in the document once. */
export function StatePatterns() {
  const common = { patternUnits: 'userSpaceOnUse', width: 8, height: 8 } as const
  return (
    <svg class="patterns" aria-hidden="true" width="0" height="0">
      <defs>
        <pattern id="pattern-staged" {...common}>
          <circle class="ink" cx="2" cy="2" r="1.1" />
          <circle class="ink" cx="6" cy="6" r="1.1" />
        </pattern>
        <pattern id="pattern-active" {...common} />
        <pattern id="pattern-retiring" {...common}>
          <path class="ink-line" d="M-2 2 2 -2M0 8 8 0M6 10 10 6" />
        </pattern>
        <pattern id="pattern-expired" {...common}>
          <path class="ink-line" d="M0 4h3" />
        </pattern>
        <pattern id="pattern-revoked" {...common}>
          <path class="ink-line" d="M2 2l4 4M6 2l-4 4" />
        </pattern>
        <pattern id="pattern-lost" {...common}>
          <path class="ink-line" d="M0 0l8 8M8 0l-8 8" />
        </pattern>
      </defs>
    </svg>
  )
}
