import { toNest } from '../../src/nest.js'
import { appOf, listening, type Platform, receiving } from './nest-app.js'
import { describeSkin } from './skin.js'

/** What Nest's parsers answer by themselves, with a text of their own, before a controller is asked. */
const ANSWERED_BY_NEST: Record<Platform, readonly RegExp[]> = {
  express: [
    // JSON that cannot be parsed, or is neither an object nor a list.
    /^bytes: (?:a|every|JSON in UTF|cut)\b.*, well signed: 400/,
    /what looks like a form|nothing but [nf0"]|one character|more bytes|no JSON|refused by the schema/,
    /unreadable|one delivery after another|after 200, 401 and 400/,
    // Other character sets.
    /charset=(?:latin1|UTF-16)/,
    // More than 100 kB.
    /^bytes: 1 MiB|256 KiB|cap: a byte more|64 MiB|goes over it/,
    // Not that, but it keeps what it has decompressed: 401.
    /gzip/,
  ],
  fastify: [
    // JSON that cannot be parsed, or none, whatever the method.
    /^bytes: (?:an empty|a line|every|JSON in UTF|cut|a form)\b.*, well signed: 400|gzip/,
    /no JSON|refused by the schema|unreadable|one delivery after another|after 200, 401 and 400|(?:OPTIONS|DELETE):|chunked and empty/,
    // Other types than JSON, forms and text; and of text it keeps no bytes: 503.
    /^content-type: (?!application\/json[;:]|application\/x-www|a form)/,
    // More than 1 MiB.
    /cap: a byte more|64 MiB|in chunks that goes over it/,
  ],
}

for (const platform of ['express', 'fastify'] as const) {
  describeSkin(`nest on ${platform}, before its parsers`, {
    serve: async (receiver) => {
      const app = await appOf(platform, [])
      app.use('/webhooks', toNest(receiver))
      return listening(app)
    },
  })

  describeSkin(`nest on ${platform}, a controller`, {
    serve: async (receiver) => listening(await appOf(platform, [receiving(receiver)])),
    serveParsed: async (receiver) => listening(await appOf(platform, [receiving(receiver)], { rawBody: false })),
    fix: 'NestFactory.create(AppModule, { rawBody: true })',
    isBeyond: (name) => ANSWERED_BY_NEST[platform].some((pattern) => pattern.test(name)),
  })
}
