import { type InstanceSettings, serveInstance } from './instance.js'
import { openStore } from './shared-store.js'

const settings = JSON.parse(process.argv[2] ?? '') as InstanceSettings
serveInstance(settings, openStore(settings.store, settings.storePort))
