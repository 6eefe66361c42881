import * as agilepoint from '@countersign/agilepoint'
import * as autify from '@countersign/autify'
import * as globalCommerce from '@countersign/global-commerce'
import * as insider from '@countersign/insider'
import * as orangeLogic from '@countersign/orange-logic'
import { describe, expect, it } from 'vitest'
import { eventBody, SIZES } from '../src/bodies.js'
import { proven } from '../src/contender.js'
import { OTHER_WAYS } from '../src/other-ways.js'
import { OURS } from '../src/ours.js'

const modules: Record<string, unknown> = {
  '@countersign/agilepoint': agilepoint,
  '@countersign/autify': autify,
  '@countersign/global-commerce': globalCommerce,
  '@countersign/insider': insider,
  '@countersign/orange-logic': orangeLogic,
}
const load = async (name: string) => modules[name] as never

describe('ours', () => {
  for (const contender of [...OURS, ...OTHER_WAYS]) {
    it(`${contender.title} accepts the good signature and refuses the bad one`, async () => {
      const body = Buffer.from(eventBody(1024))
      await proven(contender, await contender.prepare({ load, body, text: String }))
    })
  }

  it('has bodies of exactly the size, which are JSON', () => {
    for (const size of SIZES) {
      const body = eventBody(size)
      expect(Buffer.byteLength(body)).toBe(size)
      expect(JSON.parse(body)).toMatchObject({ object: 'event' })
    }
  })
})
