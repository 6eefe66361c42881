import type { Contender } from '../contender.js'
import { box } from './box.js'
import { line } from './line.js'
import { octokit } from './octokit.js'
import { secureWebhooks } from './secure-webhooks.js'
import { shopify, shopifyOnWebCrypto } from './shopify.js'
import { slack } from './slack.js'
import { standardWebhooks, standardWebhooksOfText, svix, svixOfText } from './standard-webhooks.js'
import { stripe, stripeOnWebCrypto } from './stripe.js'
import { tern } from './tern.js'
import { twilio } from './twilio.js'
import { xHubSignature } from './x-hub-signature.js'

/** Each is known by the name of its package. */
export const PEERS: readonly Contender[] = [
  standardWebhooks,
  svix,
  octokit,
  stripe,
  slack,
  twilio,
  box,
  shopify,
  tern,
  line,
  secureWebhooks,
  xHubSignature,
]

/** Those that run without anything of Node's: by Web Crypto, or in JavaScript. */
export const WEB_PEERS: readonly Contender[] = [
  octokit,
  stripeOnWebCrypto,
  shopifyOnWebCrypto,
  standardWebhooksOfText,
  svixOfText,
]
