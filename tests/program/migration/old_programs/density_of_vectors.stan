data { int N; vector[2] y[N]; }
parameters { vector[2] mu; cov_matrix[2] S; corr_matrix[2] R; cholesky_factor_corr[2] L; }
model {
  for (n in 1:N) increment_log_prob(multi_normal_log(y[n], mu, S));
  increment_log_prob(inv_wishart_log(S, 4, diag_matrix(rep_vector(1, 2))));
  increment_log_prob(lkj_corr_log(R, 2.0) + lkj_corr_cholesky_log(L, 2.0));
}
