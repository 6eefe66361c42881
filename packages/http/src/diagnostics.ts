import type { ReceiverObservation } from './receiver-observation.js'

/** Publishes an observation where the runtime has `node:diagnostics_channel`; elsewhere it does nothing. */
export type TellDiagnostics = (observation: ReceiverObservation) => void
