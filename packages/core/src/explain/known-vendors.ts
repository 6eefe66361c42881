/** A header by which a vendor's deliveries are known. */
export interface KnownVendor {
  /** In lower case. */
  readonly header: string
  readonly name: string
  /** The adapter that verifies them, where there is one here. */
  readonly adapter?: string
}

/** From the vendors' own pages. The first that fits names the sender, so the particular stand before the general. */
export const KNOWN_VENDORS: readonly KnownVendor[] = [
  { header: 'x-autify-signature', name: 'Autify', adapter: '@countersign/autify' },
  { header: 'x-ins-auth', name: 'Insider', adapter: '@countersign/insider' },
  { header: 'x-ol-signature', name: 'Orange Logic', adapter: '@countersign/orange-logic' },
  { header: 'digitalriver-signature', name: 'Digital River Global Commerce', adapter: '@countersign/global-commerce' },
  { header: 'x-github-event', name: 'GitHub' },
  { header: 'x-hub-signature-256', name: 'GitHub or Meta' },
  { header: 'x-hub-signature', name: 'GitHub, Meta or WebSub' },
  { header: 'stripe-signature', name: 'Stripe' },
  { header: 'x-slack-signature', name: 'Slack' },
  { header: 'x-shopify-hmac-sha256', name: 'Shopify' },
  { header: 'x-twilio-signature', name: 'Twilio' },
  { header: 'x-twilio-email-event-webhook-signature', name: 'Twilio SendGrid' },
  { header: 'svix-signature', name: 'Svix' },
  { header: 'webhook-signature', name: 'Standard Webhooks' },
  { header: 'x-gitlab-token', name: 'GitLab' },
  { header: 'x-gitlab-event', name: 'GitLab' },
  { header: 'x-line-signature', name: 'LINE' },
  { header: 'box-signature-primary', name: 'Box' },
  { header: 'x-square-hmacsha256-signature', name: 'Square' },
  { header: 'paypal-transmission-sig', name: 'PayPal' },
  { header: 'x-zm-signature', name: 'Zoom' },
  { header: 'linear-signature', name: 'Linear' },
  { header: 'x-hubspot-signature-v3', name: 'HubSpot' },
  { header: 'x-hubspot-signature', name: 'HubSpot' },
  { header: 'twitch-eventsub-message-signature', name: 'Twitch' },
  { header: 'x-signature-ed25519', name: 'Discord' },
  { header: 'typeform-signature', name: 'Typeform' },
  { header: 'calendly-webhook-signature', name: 'Calendly' },
  { header: 'x-zendesk-webhook-signature', name: 'Zendesk' },
  { header: 'x-dropbox-signature', name: 'Dropbox' },
  { header: 'paddle-signature', name: 'Paddle' },
  { header: 'x-razorpay-signature', name: 'Razorpay' },
  { header: 'x-wc-webhook-signature', name: 'WooCommerce' },
  { header: 'x-docusign-signature-1', name: 'DocuSign' },
  { header: 'intuit-signature', name: 'Intuit' },
  { header: 'x-xero-signature', name: 'Xero' },
  { header: 'sentry-hook-signature', name: 'Sentry' },
  { header: 'x-pagerduty-signature', name: 'PagerDuty' },
  { header: 'x-vercel-signature', name: 'Vercel' },
  { header: 'x-contentful-signature', name: 'Contentful' },
]

/** The first of the vendors of whom a header is there. */
export function vendorOf(isThere: (header: string) => boolean): KnownVendor | undefined {
  return KNOWN_VENDORS.find(({ header }) => isThere(header))
}

/** What to do with deliveries of another vendor. */
export function vendorFix({ name, adapter }: KnownVendor): string {
  return adapter === undefined
    ? `Send ${name}'s deliveries to a route of their own, with a provider for them.`
    : `Verify it with ${adapter}.`
}
