# Prints worked vectors, computed by R on random cases (seed as first argument), as a JSON array; then, after a line
# "DATA", the rows of data(api) that the R-API vectors are about. Needs the package survey.
suppressMessages(library(survey))
data(api)
set.seed(as.integer(commandArgs(trailingOnly = TRUE)[1]))

num <- function(x) paste0(ifelse(is.na(x), "null", sprintf("%.17g", x)), collapse = ",")
arr <- function(x) paste0("[", num(x), "]")
vectors <- character(0)
add <- function(kind, input, expected, tolerance = 1e-9)
  vectors[length(vectors) + 1] <<- sprintf('{"id":"%s-%d","input":{%s},"expected":{%s},"tolerance":%g}', kind, length(vectors) + 1, input, expected, tolerance)

for (i in 1:40) {
  n <- sample(c(5, 30, 100, 400, 5000, 1e6), 1); x <- rbinom(1, n, runif(1)); conf <- sample(c(.8, .9, .95, .99), 1)
  w <- prop.test(x, n, conf.level = conf, correct = FALSE)$conf.int
  add("WILSON", sprintf('"x":%d,"n":%d,"conf":%g', x, as.integer(n), conf), sprintf('"lo":%s,"hi":%s', num(w[1]), num(w[2])))
  b <- binom.test(x, n)$conf.int
  add("SUPP", sprintf('"x":%d,"n":%d', x, as.integer(n)), sprintf('"lo":%s,"hi":%s', num(b[1]), num(b[2])))
}

for (i in 1:40) {
  n <- sample(20:3000, 2); x <- sapply(n, function(k) sample(1:(k - 1), 1))
  t <- prop.test(x, n, correct = FALSE); p <- x / n
  z <- sign(p[1] - p[2]) * sqrt(unname(t$statistic))
  add("DIFF", sprintf('"x1":%d,"n1":%d,"x2":%d,"n2":%d', x[1], n[1], x[2], n[2]),
      sprintf('"diff":%s,"wald":%s,"z_pooled":%s,"p_value":%s', num(p[1] - p[2]), arr(t$conf.int), num(z), num(2 * pnorm(-abs(z)))), 1e-8)
}

for (i in 1:10) {
  p <- runif(2, .1, .9); a <- sample(c(.01, .05, .1), 1); b <- sample(c(.7, .8, .9), 1)
  r <- power.prop.test(p1 = p[1], p2 = p[2], sig.level = a, power = b, tol = 1e-12)$n
  add("POWER", sprintf('"p1":%s,"p2":%s,"alpha":%g,"power":%g', num(p[1]), num(p[2]), a, b), sprintf('"raw":%s', num(r)), 1e-7)
}

for (i in 1:10) {
  H <- sample(2:6, 1); n <- sample(10:60, H); N <- n + sample(100:9000, H); x <- sapply(n, function(k) sample(0:k, 1))
  d <- data.frame(h = rep(seq_len(H), n), N = rep(N, n), y = unlist(Map(function(k, m) rep(c(1, 0), c(k, m - k)), x, n)))
  m <- svymean(~y, svydesign(id = ~1, strata = ~h, fpc = ~N, data = d))
  ci <- confint(m)
  add("STRAT", sprintf('"N":%s,"n":%s,"x":%s', arr(N), arr(n), arr(x)), sprintf('"p":%s,"se":%s,"lo":%s,"hi":%s', num(coef(m)), num(SE(m)), num(ci[1]), num(ci[2])))
}

for (i in 1:10) {
  cells <- expand.grid(sex = c("M", "F"), age = c("Y", "O"), area = c("u", "r"), stringsAsFactors = FALSE)
  cells$n <- sample(8:40, 8); cells$x <- sapply(cells$n, function(k) sample(0:k, 1))
  pop <- sample(500:4000, 8); key <- paste0(cells$sex, cells$age, cells$area)
  d <- cells[rep(1:8, cells$n), ]; d$y <- unlist(Map(function(k, m) rep(c(1, 0), c(k, m - k)), cells$x, cells$n)); d$key <- rep(key, cells$n)
  design <- suppressWarnings(svydesign(id = ~1, data = d))
  margin <- function(v) as.data.frame(xtabs(pop ~ cells[[v]]), stringsAsFactors = FALSE)
  pops <- lapply(c("sex", "age", "area"), function(v) setNames(margin(v), c(v, "Freq")))
  r <- rake(design, list(~sex, ~age, ~area), pops, control = list(maxit = 500, epsilon = 1e-10))
  text <- paste0(sprintf('{"sex":"%s","age":"%s","area":"%s","n":%d,"x":%d}', cells$sex, cells$age, cells$area, cells$n, cells$x), collapse = ",")
  json <- paste0(sapply(pops, function(p) sprintf('"%s":{%s}', names(p)[1], paste0(sprintf('"%s":%d', p[[1]], as.integer(p$Freq)), collapse = ","))), collapse = ",")
  w <- weights(r)[!duplicated(d$key)]
  add("RAKE", sprintf('"cells":[%s],"margins":{%s}', text, json),
      sprintf('"cell_weights":{%s},"p":%s,"converged":true', paste0(sprintf('"%s":%.17g', key, w), collapse = ","), num(coef(svymean(~y, r)))), 1e-7)
  s <- postStratify(design, ~key, data.frame(key = key, Freq = pop))
  add("POST", sprintf('"cells":[%s],"pop":{%s}', text, paste0(sprintf('"%s":%d', key, pop), collapse = ",")),
      sprintf('"weights":{%s},"p":%s', paste0(sprintf('"%s":%.17g', key, weights(s)[!duplicated(d$key)]), collapse = ","), num(coef(svymean(~y, s)))))
}

cat("[", paste0(vectors, collapse = ",\n"), "]\n", sep = "")
cat("DATA\n")
write.table(data.frame("strat", apistrat[, c("stype", "pw", "fpc", "api00", "enroll", "sch.wide")]), col.names = FALSE, row.names = FALSE, quote = FALSE)
write.table(data.frame("clus1", apiclus1[, c("stype", "pw", "fpc", "api00", "enroll", "sch.wide")]), col.names = FALSE, row.names = FALSE, quote = FALSE)
