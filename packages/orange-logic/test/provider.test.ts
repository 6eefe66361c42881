import { providerSuite } from '@countersign/testkit'
import { test } from 'vitest'
import { orangeLogic } from '../src/index.js'
import vectors from './vectors.json' with { type: 'json' }

for (const { name, run } of providerSuite(orangeLogic, vectors)) test(name, run)
