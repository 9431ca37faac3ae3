\echo Use "CREATE EXTENSION csirtsurvey" to load this file. \quit

