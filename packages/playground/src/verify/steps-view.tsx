import type { PipelineTrace } from '@countersign/core/explain'

type Step = PipelineTrace['steps'][number]

const TITLES: Readonly<Record<Step['name'], string>> = {
  cap: 'Size',
  extract: 'Headers',
  keys: 'Keys',
  mac: 'MAC',
  freshness: 'Freshness',
}

const MARKS: Readonly<Record<Step['outcome'], string>> = { passed: '✓', failed: '✕', 'not reached': '–' }

/** What each step of the pipeline saw, in the order in which they are taken. */
export function StepsView({ steps }: { steps: readonly Step[] }) {
  return (
    <section>
      <h3>Step by step</h3>
      <ol class="steps">
        {steps.map(({ name, outcome, detail }) => (
          <li key={name} class={outcome.replace(' ', '-')}>
            <span class="step-mark" aria-hidden="true">
              {MARKS[outcome]}
            </span>
            <div>
              <p class="step-title">
                {TITLES[name]} <span class="step-outcome">{outcome}</span>
              </p>
              <p>{detail}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
