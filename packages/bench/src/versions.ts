// The one place where the versions of what is measured against are pinned: the newest on 28 November 2026. What these
// depend on is whatever npm resolves on the day, as it is for their users.

export const PEER_VERSIONS = {
  '@hookflo/tern': '4.1.0',
  '@line/bot-sdk': '11.2.0',
  '@octokit/webhooks-methods': '6.0.0',
  '@shopify/shopify-api': '15.0.0',
  '@slack/bolt': '5.1.0',
  'box-node-sdk': '10.12.0',
  'secure-webhooks': '0.3.0',
  standardwebhooks: '1.1.1',
  stripe: '23.1.0',
  svix: '2.5.0',
  twilio: '6.3.1',
  'x-hub-signature': '2.1.3',
} as const

/** What the section `http` serves and loads with. */
export const HTTP_VERSIONS = {
  '@hono/node-server': '2.1.9',
  autocannon: '9.0.0',
  express: '5.3.0',
  fastify: '5.12.8',
  hono: '4.13.19',
} as const
