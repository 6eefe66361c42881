// For workerd: asked by a request for what came out.
import { runSuite } from './suite.mjs'

export default {
  async fetch(request) {
    return Response.json(await runSuite(await request.json()))
  },
}
