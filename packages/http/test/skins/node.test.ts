import { createServer } from 'node:http'
import { toNode } from '../../src/node.js'
import { listening } from './listening.js'
import { describeSkin } from './skin.js'

describeSkin('node:http', {
  serve: (receiver) => listening(createServer(toNode(receiver))),
  // What `express.json()` leaves behind, without express.
  serveParsed: (receiver) => {
    const answer = toNode(receiver)
    return listening(
      createServer(async (request, response) => {
        const body = JSON.parse(Buffer.concat(await request.toArray()).toString())
        await answer(Object.assign(request, { body }), response)
      }),
    )
  },
  fix: 'a body parser',
})
