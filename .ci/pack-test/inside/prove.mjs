// Everything in this folder is copied into a project and runs there, on the installed packages alone.

/** Prints a proof as a line of JSON. What it returns is a note for the reader. */
export async function prove(name, proof) {
  let line
  try {
    line = { name, note: await proof() }
  } catch (error) {
    line = { name, error: String(error?.stack ?? error) }
  }
  console.log(JSON.stringify(line))
}
