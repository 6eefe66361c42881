import { webTimesReference } from '../figures.js'
import type { WebResult } from '../sections/web.js'
import { median } from '../statistics.js'
import { WEB_CONTENDERS, WEB_REFERENCES } from '../web-suite.js'
import { nanosecondsText, sizeText, summaryText } from './numbers.js'
import type { Table } from './table.js'

const TITLES = { workerd: 'workerd', chromium: 'Chromium' }
const CLOCKS = {
  workerd: 'Timed from outside, since the clock of a Worker stands still while it computes.',
  chromium: 'Timed in the page.',
}

export function webTables({ runtime, version, sizes, left }: WebResult): Table[] {
  const ofReference = (id: string) => sizes.map(({ samples }) => nanosecondsText(median(samples[id] ?? [Number.NaN])))
  return [
    {
      title: `One verification on Web Crypto, in times of one subtle.sign: ${TITLES[runtime]} ${version}`,
      notes: [
        `The key of that one \`crypto.subtle.sign\` is kept. ${CLOCKS[runtime]}`,
        ...Object.entries(left).map(([id, why]) => `Not run: ${id}: ${why}`),
      ],
      head: ['', ...sizes.map(({ bytes }) => sizeText(bytes))],
      rows: [
        ...Object.entries(WEB_REFERENCES).map(([id, hash]) => [`\`subtle.sign\`, ${hash}`, ...ofReference(id)]),
        ...WEB_CONTENDERS.map((one, index) => [
          index < 4 ? `**${one.title}**` : one.title,
          ...sizes.map(({ samples }) => summaryText(webTimesReference(samples, one))),
        ]),
      ],
    },
  ]
}
