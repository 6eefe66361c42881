import { describeOutages } from '../outages.js'

describeOutages('redis')
