// Metrics of every delivery, by what the receiver publishes on `node:diagnostics_channel`. Start an SDK of OpenTelemetry's
// beside it, as for any service.
import { subscribe } from 'node:diagnostics_channel'
import type { ReceiverObservation } from '@countersign/http'
import { metrics } from '@opentelemetry/api'

const meter = metrics.getMeter('countersign')
const deliveries = meter.createCounter('webhook.deliveries', { description: 'Deliveries, by what became of them' })
const duration = meter.createHistogram('webhook.duration', { unit: 'ms', description: 'From a request to its answer' })
const oldKeys = meter.createCounter('webhook.old_key_matches', { description: 'Deliveries that still need an old key' })

subscribe('countersign:delivery', (message) => {
  const { provider, outcome, reason, handling, status, error, durationMs } = message as ReceiverObservation
  const attributes = { provider, outcome, reason, handling, status, error }
  deliveries.add(1, attributes)
  duration.record(durationMs, { provider, outcome })
})

subscribe('countersign:old-key', (message) => {
  const { provider, tenant, keyId, keyState } = message as ReceiverObservation
  oldKeys.add(1, { provider, tenant, keyId, keyState })
})
