library(testthat)
library(csirtsurvey)

test_check("csirtsurvey")
