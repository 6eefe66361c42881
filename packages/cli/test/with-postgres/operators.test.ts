import { describeOperators } from '../operators.js'

describeOperators('postgres')
