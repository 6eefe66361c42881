import type { TellDiagnostics } from './diagnostics.js'

export const tellDiagnostics: TellDiagnostics = () => {}
