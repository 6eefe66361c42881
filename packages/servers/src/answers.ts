import { connect } from 'node:net'

const PATIENCE_MS = 1_000

/** Whether a server, asked so, answers as expected. Not if it refuses, hangs up before that, or takes longer than a second. */
export function answers(port: number, question: string, isExpected: (answer: string) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let answer = ''
    function settle(isAnswered: boolean): void {
      socket.destroy()
      resolve(isAnswered)
    }
    socket.setEncoding('latin1')
    socket.setTimeout(PATIENCE_MS, () => settle(false))
    socket.on('error', () => settle(false))
    socket.on('end', () => settle(false))
    socket.on('data', (part: string) => {
      answer += part
      if (isExpected(answer)) settle(true)
    })
    socket.write(question, 'latin1')
  })
}
