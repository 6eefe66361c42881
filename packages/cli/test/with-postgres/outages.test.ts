import { describeOutages } from '../outages.js'

describeOutages('postgres')
