#ifndef FRONTEND_MODEL_MODEL_HPP
#define FRONTEND_MODEL_MODEL_HPP

#include <memory>
#include <stan/io/var_context.hpp>
#include <string>
#include <vector>

// Stan's own header of this class takes seconds to compile; most files only
// pass the model on.
namespace stan::model {
class model_base;
}

namespace frontend {

/** The compiled Stan program with its data. */
class Model {
 public:
  /**
   * Reads the data and runs the transformed data block.
   *
   * @param data variables of the data block
   * @param seed for random numbers in transformed data
   * @throws std::exception as the program throws it
   */
  Model(stan::io::var_context& data, unsigned int seed);
  ~Model();

  stan::model::model_base& base() const { return *base_; }

  std::string name() const;
  std::vector<std::string> compile_info() const;

  /** Number of parameters on the unconstrained scale. */
  std::size_t num_unconstrained() const;

  /** Columns of the parameters block in CSV files. */
  std::vector<std::string> parameter_names() const;

  /** Names on the unconstrained scale. */
  std::vector<std::string> unconstrained_names() const;

  /** Transforms values of the parameters block, in CSV order. */
  std::vector<double> Unconstrain(const std::vector<double>& values) const;

  /** Transforms values of the parameters block, by name. */
  std::vector<double> Unconstrain(const stan::io::var_context& values) const;

  /**
   * The log density without its constants, followed by its gradient.
   *
   * @param point parameters on the unconstrained scale
   * @param jacobian whether to include the Jacobian of the transforms
   */
  std::vector<double> DensityAndGradient(const std::vector<double>& point,
                                         bool jacobian) const;

 private:
  std::unique_ptr<stan::model::model_base> base_;
};

}  // namespace frontend

#endif
