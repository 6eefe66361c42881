import { describeOperators } from '../operators.js'

describeOperators('redis')
