/** An event in the vendor's envelope. */
export const globalCommerceSample = {
  id: 'd1b3a5c7-0000-4000-8000-000000000001',
  type: 'subscription.renewed',
  data: { object: { id: 'sub-000000000001', state: 'active', nextRenewalDate: '2026-02-01T00:00:00Z' } },
  liveMode: false,
  createdTime: '2026-01-01T00:00:00.000Z',
}
