// Made up: the vendor publishes no payload, so these are names that one may guess.
export const agilePointSample = {
  EventName: 'ProcessInstanceCompleted',
  ProcessInstanceId: '5f0c2d6e-2b1a-4c55-9a53-000000000001',
  ProcessName: 'Invoice approval',
  Initiator: 'EXAMPLE\\dana',
  CompletedDate: '2026-01-01T00:00:00Z',
}
