data{
  int result[2];
  vector[2] weights;
}
parameters{ real mu; }
model {
  real p;
  for(i in 1:2){
    p<-normal_cdf(mu,0,3);
    increment_log_prob(bernoulli_log(result[i],p)*weights[i]);
  }
}
