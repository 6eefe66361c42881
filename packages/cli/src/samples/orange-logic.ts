// Made up: the vendor publishes no payload beyond that every event has an id.
export const orangeLogicSample = {
  id: 'evt_000000000001',
  type: 'asset.updated',
  createdAt: '2026-01-01T00:00:00Z',
  data: { recordId: '2A100000001', title: 'Harbour at dawn', fileName: 'harbour-at-dawn.tif' },
}
